/// The settings: people, tokens, the workspace, backups, the audit log.
@org.jspecify.annotations.NullMarked
package io.pulso.server.page.settings;
