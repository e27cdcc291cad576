/** In-process KRaft broker and schema registry, for demos, tests and laptops. Loopback only. */
package dev.tidemark.embedded;
