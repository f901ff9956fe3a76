"""What the window asks of the operating system: signals that it is time to lock, the clipboard, the screen."""
