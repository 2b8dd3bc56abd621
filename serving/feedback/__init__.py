"""Feedback: what people say of a score or a reason. Anybody with a key may; nothing waits for it."""
