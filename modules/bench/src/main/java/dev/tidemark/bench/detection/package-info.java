/**
 * How good the detectors are: false alarms, delays and costs on simulated and recorded fleets,
 * beside the alerting rules that others use, on the same streams.
 */
package dev.tidemark.bench.detection;
