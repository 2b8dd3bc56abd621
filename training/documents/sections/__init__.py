"""The sections that documents share, each a pure function of the material."""
