"""Many issues: find them, run them, write down what happened."""
