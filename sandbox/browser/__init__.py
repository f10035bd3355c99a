"""What the browser page needs beyond the control API: a feed of differences, the stage of a told story."""
