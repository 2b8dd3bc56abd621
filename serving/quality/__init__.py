"""The quality of a store on a page: one file, no script, nothing fetched, fit to be printed or sent."""
