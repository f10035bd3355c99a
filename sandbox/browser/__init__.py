"""What the browser page needs beyond the control API: a feed of differences, and the stage of a told story."""
