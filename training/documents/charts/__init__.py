"""The charts of the documents: small inline drawings, each with its description and its numbers."""
