"""The steps from an older store to this program's, one file each, and the runner that takes them."""
