"""Given names, family names and street names: common ones, freely combined. No person is meant."""

from __future__ import annotations

from typing import NamedTuple


class Names(NamedTuple):
    """Name lists of one origin; `older` given names serve those born before 1965."""

    female: tuple[str, ...]
    male: tuple[str, ...]
    family: tuple[str, ...]
    older_female: tuple[str, ...] = ()
    older_male: tuple[str, ...] = ()


def _list(text: str) -> tuple[str, ...]:
    return tuple(name.replace("_", " ") for name in text.split())


FLEMISH = Names(
    _list(
        "Emma Louise Olivia Mila Lotte Julie Elise Ella Noor Fien Hanne Lore Marie Sofie Charlotte"
        " Laura Anke Eline Katrien Ann Els Griet Sara Tine Nele Liesbeth Sien Roos Amber Nina"
        " Inge Veerle Karen Joke Leen Evelien Helena Astrid Jana Flore"
    ),
    _list(
        "Noah Liam Arthur Louis Jules Lucas Finn Vic Mathis Seppe Lars Wout Robbe Stijn Bram Tom"
        " Pieter Jan Koen Bart Joris Wim Dries Simon Thomas Jonas Maarten Ruben Kobe Senne"
        " Matteo Elias Victor Emiel Kasper Lowie Tuur Sander Jeroen Steven"
    ),
    _list(
        "Peeters Janssens Maes Jacobs Mertens Willems Claes Goossens Wouters De_Smet De_Clercq"
        " Van_Damme Desmet Martens De_Vos Verstraete Lambrecht De_Backer Vermeulen Claeys"
        " De_Wilde Van_Hecke Baert Dhondt De_Meyer Verhaeghe Van_de_Velde Bogaert Roels Cools"
        " Haeck Temmerman Van_Acker Coppens Steyaert Neyt Van_Laere De_Pauw Dierickx Lippens"
        " Vandaele Callens Buysse De_Cock Rogiers Van_Hoecke Moens Van_Parys Bauwens Standaert"
    ),
    _list(
        "Maria Godelieve Christiane Rita Monique Jeannine Lucienne Simonne Agnes Denise Yvonne"
        " Paula Irène Georgette Annie Marleen Hilde Martine Greta Rosa"
    ),
    _list(
        "Jozef Roger André Willy Gilbert Marcel Etienne Luc Marc Paul Frans Albert Robert Lucien"
        " Georges Walter Hubert Antoine Eric Johan"
    ),
)
TURKISH = Names(
    _list(
        "Elif Zeynep Ayşe Fatma Emine Esra Merve Büşra Hatice Sevgi Gül Derya Ebru Selin Melek"
        " Yasemin Nur Aylin Özlem Defne"
    ),
    _list(
        "Mehmet Mustafa Ahmet Ali Hüseyin Emre Yusuf Murat Kerem Hakan Ömer İbrahim Burak Serkan"
        " Kemal Can Orhan Emir Tarık Volkan"
    ),
    _list(
        "Yılmaz Kaya Demir Çelik Şahin Yıldız Öztürk Aydın Arslan Doğan Kılıç Aslan Çetin Kara"
        " Koç Kurt Özdemir Şimşek Polat Erdoğdu Acar Güneş Bulut Yavuz Aksoy"
    ),
)
BULGARIAN = Names(
    _list(
        "Maria Ivanka Elena Desislava Gergana Rositsa Petya Stefka Nadezhda Svetlana Aysel Sevda"
    ),
    _list("Ivan Georgi Dimitar Nikolay Petar Stefan Hristo Todor Mehmed Asen Angel Rumen"),
    _list(
        "Ivanov Georgiev Dimitrov Petrov Nikolov Hristov Stoyanov Todorov Iliev Angelov Asenov"
        " Mihaylov Stefanov Kolev Marinov Yordanov"
    ),
)
MAGHREB = Names(
    _list(
        "Amina Fatima Khadija Samira Nadia Yasmina Salma Imane Hanane Soukaina Malika Naïma Inès"
        " Rania Lina Houda"
    ),
    _list(
        "Mohamed Youssef Rachid Karim Hassan Ayoub Bilal Said Hamza Omar Ilias Nabil Khalid Adam"
        " Anas Zakaria"
    ),
    _list(
        "El_Amrani Benali Bouzid Haddad El_Idrissi Ouali Amrani Bennani Chaoui Daoudi El_Fassi"
        " Hamdaoui Lahlou Mansouri Naciri Saidi Tahiri Ziani"
    ),
)
EUROPEAN = Names(
    _list(
        "Sanne Femke Camille Léa Manon Lucía Carmen Giulia Chiara Anna Katarzyna Agnieszka Ioana"
        " Andreea Zuzana Katarína Ana Inês Sophie Clara"
    ),
    _list(
        "Daan Sem Hugo Théo Antoine Javier Pablo Marco Luca Piotr Tomasz Andrei Mihai Juraj Martin"
        " João Tiago Felix Lukas Bas"
    ),
    _list(
        "Jansen Visser Bakker Dubois Laurent Moreau García López Fernández Rossi Bianchi Ferrari"
        " Kowalski Nowak Popescu Ionescu Horváth Kováč Silva Pereira Müller Weber"
    ),
)
WORLD = Names(
    _list(
        "Ama Abena Oksana Iryna Zahra Maryam Rima Layla Priya Ananya Mei Xin Adjoa Parisa Hiba"
        " Daria Lakshmi Grace Blessing Nour"
    ),
    _list(
        "Kwame Kofi Andriy Oleksandr Ahmad Reza Sami Tarek Arjun Rahul Wei Jun Yaw Farid Bashar"
        " Maksym Sanjay Emmanuel Samuel Idris"
    ),
    _list(
        "Mensah Owusu Boateng Kovalenko Shevchenko Melnyk Ahmadi Rahimi Karimi Khoury Nasser"
        " Sharma Patel Singh Wang Chen Zhang Diallo Okafor Haidari Al-Masri Tesfaye"
    ),
)
ORIGINS = (FLEMISH, TURKISH, BULGARIAN, MAGHREB, EUROPEAN, WORLD)

STREETS = tuple(
    first + last
    for last in ("straat", "laan", "weg", "hof", "dreef", "plein", "pad", "kaai")
    for first in _list(
        "Linden Kastanje Molen Kerk School Veld Bloem Wilgen Meers Eiken Populieren Korenbloem"
        " Zonne Bakkers Wevers Spinners Tuin Beuken Leeuwerik Zwaluw Merel Akker Vlas Klaver"
        " Dennen Esdoorn Berken Sleutelbloem Brem Kersen Appel Peren Noten Hop Tarwe Gerst Haver"
        " Kiekendief Reiger Ijsvogel"
    )
)
