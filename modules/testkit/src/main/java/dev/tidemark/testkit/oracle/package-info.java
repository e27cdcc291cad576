/**
 * The windows of a log, recomputed from the definitions of their counts and with no code of the
 * product: a window's value is a function of a set of records, and every run is linked from scratch
 * for every set. As slow as it likes to be.
 */
package dev.tidemark.testkit.oracle;
