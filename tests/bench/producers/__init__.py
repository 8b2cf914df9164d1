"""Text layers of many programs, made here from known text, and what is read of them."""
