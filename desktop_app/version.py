"""The one version string of the program."""

VERSION = "0.1.0"
