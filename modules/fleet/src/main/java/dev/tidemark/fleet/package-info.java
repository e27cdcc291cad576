/** Plays recorded fleets through capture, in simulated time. */
package dev.tidemark.fleet;
