#include "services/declaration/domain/page_check.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "common/status/errors.h"
#include "services/declaration/domain/page_words.h"

namespace staraction::declaration::domain {
namespace {

using Check = v1::PageCheck;

constexpr size_t kMaxLines = 3000;
constexpr size_t kMaxShown = 500;  // characters
constexpr int kMaxDifferences = 50;
constexpr size_t kMaxHeading = 40;    // characters
constexpr size_t kJoined = 3;         // lines of a page that may be one paragraph
constexpr double kAlike = 0.5;        // from here on it is the same paragraph in other words
constexpr double kHardlyThere = 0.3;  // below, the policy's words are not on the page as text

std::string CauseText(Check::Cause cause) {
  switch (cause) {
    case Check::CAUSE_NO_APPROVED_TEXT:
      return "承認された基本方針がまだないため、比べられません";
    case Check::CAUSE_ADDRESS_REFUSED:
      return "確かめに行けないアドレスです。公開されているhttpまたはhttpsのアドレスか確かめてくださ"
             "い";
    case Check::CAUSE_NO_ANSWER:
      return "サイトから応答がないか、エラーの応答でした";
    case Check::CAUSE_TOO_SLOW:
      return "サイトの応答が遅く、時間内に読めませんでした";
    case Check::CAUSE_TOO_LARGE:
      return "ページが大きすぎて読めませんでした";
    case Check::CAUSE_UNREADABLE:
      return "文章として読めない形式か、ファイルが壊れています";
    case Check::CAUSE_PICTURES:
      return "方針が画像で載っている可能性があります";
    case Check::CAUSE_SCRIPTS:
      return "方針がスクリプトや別のページから表示されている可能性があります";
    case Check::CAUSE_PDF_WITHOUT_TEXT:
      return "PDFから方針の文字を読み取れませんでした";
    default:
      return "";
  }
}

void CannotTell(Check::Cause cause, Check& check) {
  check.set_status(Check::STATUS_CANNOT_TELL);
  check.set_cause(cause);
  check.set_summary(absl::StrCat("自動では判断できません。", CauseText(cause),
                                 "。ページを見て確かめてください。"));
}

// Why no page was read; nothing if one was.
Check::Cause CauseOf(const page::PageReading& reading) {
  switch (reading.outcome) {
    case page::Outcome::kPage:
      return reading.http_status == 200 ? Check::CAUSE_UNSPECIFIED : Check::CAUSE_NO_ANSWER;
    case page::Outcome::kRefused:
      return Check::CAUSE_ADDRESS_REFUSED;
    case page::Outcome::kNoAnswer:
      return Check::CAUSE_NO_ANSWER;
    case page::Outcome::kTooSlow:
      return Check::CAUSE_TOO_SLOW;
    case page::Outcome::kTooLarge:
      return Check::CAUSE_TOO_LARGE;
    case page::Outcome::kUnreadable:
      return Check::CAUSE_UNREADABLE;
  }
  return Check::CAUSE_UNREADABLE;
}

// Where the words may be, if they are not in the text.
Check::Cause HidingPlace(const page::PageReading& reading, bool hardly_any_text) {
  if (reading.pdf) return Check::CAUSE_PDF_WITHOUT_TEXT;
  if (reading.scripts && (hardly_any_text || !reading.pictures)) return Check::CAUSE_SCRIPTS;
  return reading.pictures ? Check::CAUSE_PICTURES : Check::CAUSE_UNSPECIFIED;
}

// The page's words: in one piece, and by line.
struct Page {
  std::vector<Line> lines;
  std::u32string all;
};

Page PageOf(const std::string& text) {
  Page page{LinesOf(text, kMaxLines), {}};
  for (const Line& line : page.lines) page.all += line.words;
  return page;
}

bool Has(const Page& page, const std::u32string& words) {
  const std::u32string bare = WithoutNumber(words);
  return page.all.find(words) != std::u32string::npos ||
         (bare.size() >= 4 && page.all.find(bare) != std::u32string::npos);
}

struct Likest {
  double likeness = 0;
  Line line{};
};

// What on the page is most like the paragraph: one line, or some that follow each other.
Likest FindLikest(const Page& page, const std::u32string& words) {
  Likest best;
  for (size_t begin = 0; begin < page.lines.size(); ++begin) {
    Line joined;
    for (size_t i = begin; i < std::min(begin + kJoined, page.lines.size()); ++i) {
      absl::StrAppend(&joined.text, page.lines[i].text);
      joined.words += page.lines[i].words;
      if (joined.words.size() > 3 * words.size()) break;
      if (3 * joined.words.size() < words.size()) continue;
      const double likeness = Likeness(words, joined.words);
      if (likeness > best.likeness) best = {likeness, joined};
    }
  }
  return best;
}

bool IsHeading(const Line& line) {
  return line.words.size() <= kMaxHeading && line.words.find(U'。') == std::u32string::npos;
}

v1::PageDifference Difference(const Line& approved, const Likest& likest) {
  v1::PageDifference difference;
  difference.set_approved(Shorten(approved.text, kMaxShown));
  if (likest.likeness < kAlike) {
    difference.set_kind(v1::PageDifference::KIND_MISSING);
    difference.set_text("この段落がページに見当たりません");
    return difference;
  }
  difference.set_kind(v1::PageDifference::KIND_CHANGED);
  difference.set_found(Shorten(likest.line.text, kMaxShown));
  difference.set_text(Tell(approved.words, likest.line.words));
  return difference;
}

// Similarity and differences, and how many there are.
int Compare(const std::vector<Line>& approved, const Page& page, bool pictures, Check& check) {
  double total = 0;
  double there = 0;
  int count = 0;
  for (const Line& line : approved) {
    const auto size = static_cast<double>(line.words.size());
    if (Has(page, line.words)) {
      total += size;
      there += size;
      continue;
    }
    const Likest likest = FindLikest(page, line.words);
    const bool alike = likest.likeness >= kAlike;
    if (!alike && pictures && IsHeading(line)) continue;  // headings are often pictures
    total += size;
    there += alike ? size * likest.likeness : 0;
    ++count;
    if (check.differences_size() < kMaxDifferences) {
      *check.add_differences() = Difference(line, likest);
    }
  }
  check.set_similarity(total == 0 ? 0 : there / total);
  return count;
}

void Judge(const page::PageReading& reading, const document::v1::Approved& approved, Check& check) {
  const std::vector<Line> lines = LinesOf(approved.text(), kMaxLines);
  const Page page = PageOf(reading.text);
  size_t wanted = 0;
  for (const Line& line : lines) wanted += line.words.size();
  if (wanted == 0) return CannotTell(Check::CAUSE_NO_APPROVED_TEXT, check);
  const int count = Compare(lines, page, reading.pictures, check);
  const auto hidden = HidingPlace(reading, 2 * page.all.size() < wanted);
  if (check.similarity() < kHardlyThere && hidden != Check::CAUSE_UNSPECIFIED) {
    check.clear_differences();
    check.set_similarity(0);
    return CannotTell(hidden, check);
  }
  check.set_status(count == 0 ? Check::STATUS_SAME : Check::STATUS_DIFFERENT);
  // Rounded down, so that 100 % is said of what is the same only.
  const int percent = static_cast<int>(std::floor(check.similarity() * 100));
  check.set_summary(count == 0 ? "承認された基本方針と同じ文面が載っています。"
                               : absl::StrCat("承認された基本方針と違うところが", count,
                                              "か所あります（一致 ", percent, "%）。"));
}

}  // namespace

bool HasPolicyPage(const v1::Publication& publication) {
  return publication.state() == v1::Publication::STATE_PUBLISHED &&
         publication.kind() == v1::Publication::KIND_POLICY && !publication.url().empty();
}

absl::Status CheckPolicyPage(const v1::Publication& publication) {
  if (HasPolicyPage(publication)) return absl::OkStatus();
  const std::string state = v1::Publication::State_Name(publication.state());
  return StateConflict(publication.name(), state.substr(sizeof("STATE_") - 1), "checkPage");
}

Check ComparePage(const page::PageReading& reading,
                  const std::optional<document::v1::Approved>& approved) {
  Check check;
  check.set_url(reading.url);
  check.set_http_status(reading.http_status);
  check.set_charset(reading.charset);
  check.set_page_sha256(reading.sha256);
  if (approved) {
    check.set_revision(approved->revision());
    check.set_revision_digest(approved->digest());
  }
  const Check::Cause cause = CauseOf(reading);
  if (reading.http_status == 404 || reading.http_status == 410) {
    check.set_status(Check::STATUS_GONE);
    check.set_summary(absl::StrCat("ページがありません（HTTP ", reading.http_status, "）。"));
  } else if (cause != Check::CAUSE_UNSPECIFIED) {
    CannotTell(cause, check);
  } else if (!approved) {
    CannotTell(Check::CAUSE_NO_APPROVED_TEXT, check);
  } else {
    Judge(reading, *approved, check);
  }
  return check;
}

}  // namespace staraction::declaration::domain
