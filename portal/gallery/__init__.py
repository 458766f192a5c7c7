"""The page that shows what every page is built of."""
