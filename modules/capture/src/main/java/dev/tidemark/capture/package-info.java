/** What an agent embeds: records go to Kafka in the background and never get in its way. */
package dev.tidemark.capture;
