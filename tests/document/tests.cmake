# tests of document
