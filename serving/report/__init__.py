"""A report is one practice on paper: what an adviser takes to a visit, as HTML and as tagged PDF."""
