"""What operators claim, each as a small paired experiment that it can fail."""
