"""How plain the texts are: sentences, words, tone. `make plain` prints what is above a limit."""
