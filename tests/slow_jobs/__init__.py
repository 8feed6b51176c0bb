"""An app for the process tests: a job that takes a while and writes down every start and end."""
