"""The least a Django view needs to do the same: what the portal's own pages are measured against."""
