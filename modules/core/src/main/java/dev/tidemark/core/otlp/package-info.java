/** What OTLP carries, as plain values: whoever received it, from bytes or from an SDK. */
package dev.tidemark.core.otlp;
