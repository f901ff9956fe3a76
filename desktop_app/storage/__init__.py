"""Remembers. SQLCipher, the key file and the backup file; nobody above sees a cursor."""
