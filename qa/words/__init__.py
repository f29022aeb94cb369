"""The words of the chat's screens in English and Chinese, a file a screen; what all share is in `qa.interface`."""
