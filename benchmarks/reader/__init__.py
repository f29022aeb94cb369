"""Training of the reader (`ingest.cross_encoder`): what it learns from, and how."""
