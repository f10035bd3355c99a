"""What people start: commands, clicks, submissions, shortcuts."""
