"""What each command does: asks the application, makes an answer."""
