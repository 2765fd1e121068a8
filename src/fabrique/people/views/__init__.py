"""The pages of accounts, one file each."""
