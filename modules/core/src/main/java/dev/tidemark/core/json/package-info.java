/**
 * JSON that strangers wrote, read without a library (agents embed this), and its canonical text.
 */
package dev.tidemark.core.json;
