/**
 * What spans mean. Every dialect says it with other keys; a dialect here is a table from our fields
 * to its keys, and the few rules a table cannot say. Nothing in this package remembers anything:
 * what needs more than one span is decided where runs are put together.
 */
package dev.tidemark.core.dialect;
