package dev.tidemark.app;

import picocli.CommandLine.Command;

/** Telemetry of others: what it comes to. */
@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    header = "See what telemetry of agents comes to.",
    description = {"", "  tidemark ingest inspect body.pb", ""},
    subcommands = IngestInspectCommand.class)
final class IngestCommand {}
