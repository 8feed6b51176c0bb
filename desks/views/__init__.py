"""Pages of the desks, one module per area: fetch through visible_to, check, call a service, answer."""
