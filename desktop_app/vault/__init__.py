"""Keys and sign-in: the key file, its slots and grants, the recovery code, the OS keyring."""
