package io.pulso.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.event.ReservedNames.Passive;
import io.pulso.engine.event.ReservedNames.Reserved;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReservedNamesTest {
  @Test
  void a_name_implies_its_channel() {
    assertThat(ReservedNames.find("Email Opened"))
        .isEqualTo(new Reserved("Email Opened", "email", Passive.NEVER, false));
    assertThat(ReservedNames.find("Order Completed"))
        .isEqualTo(new Reserved("Order Completed", null, Passive.NEVER, false));
  }

  @Test
  void other_names_are_free() {
    assertThat(ReservedNames.find("email opened")).isNull();
    assertThat(ReservedNames.find("Feature Used")).isNull();
    assertThat(ReservedNames.find("name")).isNull();
  }

  @Test
  void what_is_done_to_a_customer_is_passive() {
    assertThat(names(Passive.ALWAYS))
        .containsExactlyInAnyOrder(
            "Email Delivered",
            "Email Bounced",
            "SMS Delivered",
            "SMS Bounced",
            "Push Delivered",
            "Push Bounced",
            "Push Notification Received",
            "Push Notification Bounced",
            "Survey Sent",
            "Order Refunded",
            "Subscription Renewed",
            "Campaign Cost",
            "Metric Reported",
            "Social Post Reached",
            "Social Replied",
            "Score Adjusted");
    assertThat(names(Passive.WITH_AGENT)).containsExactly("Ticket Replied", "Ticket Resolved");
  }

  private static List<String> names(Passive passive) {
    return ReservedNames.all().stream()
        .filter(reserved -> reserved.passive() == passive)
        .map(Reserved::name)
        .toList();
  }

  @Test
  void what_is_about_nobody_is_public() {
    assertThat(ReservedNames.all().stream().filter(Reserved::isPublic).map(Reserved::name))
        .containsExactlyInAnyOrder("Campaign Cost", "Social Post Reached", "Metric Reported");
  }

  @Test
  void every_topic_of_the_spec_is_there() {
    assertThat(ReservedNames.all().stream().map(Reserved::name))
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(110)
        .contains(
            "Products Searched",
            "Product Reviewed",
            "Trial Ended",
            "Unsubscribed",
            "Application Installed",
            "Live Chat Conversation Ended",
            "Video Playback Started",
            "Social Direct Message",
            "Story Completed",
            "Testimonial Given",
            "Event Attended",
            "Ticket Reopened",
            "Survey Dismissed");
  }
}
