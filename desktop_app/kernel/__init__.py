"""The words every part shares: errors, money, time, rights, texts. Standard library only."""
