/**
 * Redaction before records leave a process, and keyed hashes that let equal arguments be recognised
 * without keeping them. Pure.
 */
package dev.tidemark.core.redact;
