"""What each stage costs on the samples: `python -m tests.bench`."""
