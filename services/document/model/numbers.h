#ifndef STARACTION_SERVICES_DOCUMENT_MODEL_NUMBERS_H_
#define STARACTION_SERVICES_DOCUMENT_MODEL_NUMBERS_H_

#include <string>

namespace staraction::document {

// 1 to 9999 in kanji: 一, 十二, 百三.
std::string KanjiNumber(int number);

// Digits of full width: １２.
std::string WideNumber(int number);

// ① to ㊿; from 51 on plain digits.
std::string CircledNumber(int number);

// ア, イ, … ン by the order of the syllabary; from 47 on plain digits.
std::string KanaNumber(int number);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_MODEL_NUMBERS_H_
