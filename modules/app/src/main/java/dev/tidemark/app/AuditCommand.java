package dev.tidemark.app;

import picocli.CommandLine.Command;

/** What was decided, and that nothing of it was taken away. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    header = "Check the chain of policy verdicts and human decisions.",
    description = {"", "  tidemark audit verify", ""},
    subcommands = AuditVerifyCommand.class)
final class AuditCommand {}
