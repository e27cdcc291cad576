package dev.tidemark.app;

import dev.tidemark.core.redact.ContentRules;
import java.util.List;
import picocli.CommandLine.Option;

/** Flags that say whose content is kept, redacted, in a topic of its own: nobody's unless told. */
final class ContentOptions {
  @Option(
      names = "--content-tool",
      paramLabel = "TENANT/TOOL",
      description = {
        "Keep arguments and results of a tool of a tenant, redacted, in agent-content;",
        "* stands for every one; may be repeated (default: none is kept)."
      })
  private List<String> tools = List.of();

  @Option(
      names = "--content-models",
      paramLabel = "TENANT",
      description = {
        "Keep what a tenant's agents say to models and are answered, redacted, in",
        "agent-content; * stands for every one; may be repeated (default: none is kept)."
      })
  private List<String> models = List.of();

  @Option(
      names = "--content-limit",
      paramLabel = "BYTES",
      defaultValue = "16384",
      description = "Longest text that is kept (default: ${DEFAULT-VALUE}).")
  private int limit;

  ContentRules rules() {
    ContentRules rules = ContentRules.off();
    for (String tool : tools) {
      int slash = tool.indexOf('/');
      if (slash < 1 || slash == tool.length() - 1) {
        throw Failure.usage(
            "--content-tool " + tool + " names no tool of a tenant: write it as 'tenant/tool'");
      }
      rules = rules.tool(tool.substring(0, slash), tool.substring(slash + 1));
    }
    for (String tenant : models) {
      rules = rules.models(tenant);
    }
    try {
      return rules.limitBytes(limit);
    } catch (IllegalArgumentException e) {
      throw Failure.usage("--content-limit: " + e.getMessage());
    }
  }
}
