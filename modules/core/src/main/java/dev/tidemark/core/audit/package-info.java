/** Chains of hashes: what was decided cannot be removed, moved or changed unseen. */
package dev.tidemark.core.audit;
