"""Security of the service: sessions, limits of requests and connections, and what is logged of a request."""
