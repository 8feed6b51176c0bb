"""Reading the files that officials really have: headers found, columns proposed, codes matched, every row reported."""
