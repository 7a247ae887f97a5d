#ifndef STARACTION_SERVICES_DECLARATION_DOMAIN_PAGE_WORDS_H_
#define STARACTION_SERVICES_DECLARATION_DOMAIN_PAGE_WORDS_H_

#include <string>
#include <string_view>
#include <vector>

// Words as they are compared between an approved text and a web page. Pure; thread safe.
namespace staraction::declaration::domain {

// What of a line is compared: Unicode's NFKC without white space and invisible characters, one kind
// of hyphen and of wave.
std::u32string WordsOf(std::string_view line);

// The same without a number or bullet in front, which web pages often make themselves: 第3条, 3. ,
// (3), ・.
std::u32string WithoutNumber(const std::u32string& words);

// How alike two texts are, 0 to 1: pairs of neighbouring characters that both have (Dice).
double Likeness(const std::u32string& one, const std::u32string& other);

// A line of a text: as it is, and what of it is compared.
struct Line {
  std::string text{};
  std::u32string words{};
};
// The lines that have words, at most `max`.
std::vector<Line> LinesOf(std::string_view text, size_t max);

// How `found` differs from `approved`, in Japanese: the part that is other, between the same
// beginning and end.
std::string Tell(const std::u32string& approved, const std::u32string& found);

std::string ToUtf8(std::u32string_view text);
// At most `max` characters of it; "…" stands for the rest.
std::string Shorten(std::string_view text, size_t max);

}  // namespace staraction::declaration::domain

#endif  // STARACTION_SERVICES_DECLARATION_DOMAIN_PAGE_WORDS_H_
