"""How well slips are caught: published series as honest rows, slips made of them, and the verdict of the catcher."""
