/** What the tests of the other rooms stand on: a cluster, builders, a topology harness, oracles. */
package dev.tidemark.testkit;
