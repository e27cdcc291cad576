package dev.tidemark.app;

import picocli.CommandLine.Command;

/** Rules: what they would do. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    header = "Check rules, and see what they would have done.",
    description = {
      "",
      "  tidemark rules check rules.yml",
      "  tidemark rules test --rules rules.yml --since 7d",
      ""
    },
    subcommands = {RulesTestCommand.class, RulesCheckCommand.class})
final class RulesCommand {}
