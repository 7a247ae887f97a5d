#ifndef STARACTION_COMMON_BASE_CORPORATE_NUMBER_H_
#define STARACTION_COMMON_BASE_CORPORATE_NUMBER_H_

#include <string>
#include <string_view>

#include "common/base/parsed.h"

// 法人番号: a check digit from 1 to 9, then twelve digits. Sole proprietors have none.
namespace staraction {

// As people write it (full-width digits, hyphens, spaces) to its 13 digits.
Parsed<std::string> ParseCorporateNumber(std::string_view text);

// Thirteen ASCII digits with the right check digit, nothing else.
bool IsCorporateNumber(std::string_view text);

// The check digit of twelve ASCII digits: 9 less the remainder by 9 of their sum, in which every
// second digit from the right counts twice.
char CorporateCheckDigit(std::string_view twelve_digits);

}  // namespace staraction

#endif  // STARACTION_COMMON_BASE_CORPORATE_NUMBER_H_
