package io.pulso.server.ingest;

import io.pulso.server.ingest.Target.Part;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/// Tells from names and first rows which column is what.
final class Guess {
  private static final Set<String> CALLS =
      Set.of("track", "page", "screen", "identify", "group", "alias");

  /// The usual names, the surest first, in lower case without anything but letters and digits.
  private static final Map<Part, List<String>> NAMES = new EnumMap<>(Part.class);

  static {
    names(
        Part.USER_ID,
        "userid customerid customer user subject distinctid clientid contactid memberid personid"
            + " subscriberid studentid idstudent idcustomer iduser externalid uid email useremail"
            + " customeremail id");
    names(Part.ANONYMOUS_ID, "anonymousid visitorid deviceid cookieid fullvisitorid");
    names(Part.PREVIOUS_ID, "previousid");
    names(
        Part.GROUP_ID,
        "groupid accountid account companyid company organizationid organisationid group");
    names(
        Part.EVENT, "event eventname activity activityname activityid action actionname eventtype");
    names(Part.TYPE, "type calltype");
    names(Part.NAME, "name pagename screenname title");
    names(
        Part.TIME,
        "timestamp time occurredat eventtime eventtimestamp eventdate datetime originaltimestamp ts"
            + " date day createdat invoicedate orderdate completetimestamp dateadded");
    names(Part.RECEIVED, "receivedat received");
    names(Part.MESSAGE_ID, "messageid eventid eventuuid insertid uuid");
    names(Part.VALUE, "value revenue total amount price spend cost");
    names(Part.CHANNEL, "channel");
    names(Part.PROPERTIES, "properties eventproperties props");
    names(Part.STARTED, "started startedat startdate start subscriptionstart signupdate");
    names(Part.RENEWED, "renewed renewedat renewaldate");
    names(Part.UPGRADED, "upgraded upgradedat");
    names(Part.DOWNGRADED, "downgraded downgradedat");
    names(
        Part.CANCELLED,
        "cancelled canceled cancelledat canceledat cancellationdate enddate endedat churnedat churndate");
    names(Part.METRIC, "metric metricname kpi measure name");
  }

  private final Table table;
  private final List<String> plain;

  Guess(Table table) {
    this.table = table;
    this.plain = table.names().stream().map(Guess::plain).toList();
  }

  private static void names(Part part, String words) {
    NAMES.put(part, List.of(words.split(" ")));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /// The column that is most likely that part, -1 for none.
  int column(Part part, Set<Integer> taken) {
    for (String word : NAMES.getOrDefault(part, List.of())) {
      for (int i = 0; i < plain.size(); i++) {
        if (!taken.contains(i) && plain.get(i).equals(word) && fits(part).test(i)) {
          return i;
        }
      }
    }
    return -1;
  }

  private IntPredicate fits(Part part) {
    return switch (part) {
      case MESSAGE_ID -> table::unique;
      case TYPE -> i -> table.all(i, text -> CALLS.contains(text.toLowerCase(Locale.ROOT)));
      case VALUE -> i -> table.typed() || table.numeric(i);
      case PROPERTIES -> i -> table.all(i, text -> text.startsWith("{"));
      default -> i -> true;
    };
  }

  /// The columns with numbers that are nothing else, for metrics that stand side by side.
  List<Integer> numbers(Set<Integer> taken) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < plain.size(); i++) {
      if (!taken.contains(i) && table.numeric(i)) {
        found.add(i);
      }
    }
    return found;
  }
}
