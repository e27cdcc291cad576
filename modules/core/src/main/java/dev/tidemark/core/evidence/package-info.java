/** Which runs are worth keeping, decided after they are known. */
package dev.tidemark.core.evidence;
